// Runs in the front page, before Streamlit starts: a page is back as soon as its server is.
//
// Streamlit asks whether the server lives, after a refusal waits up to four seconds, and asks again. Here
// its questions stay open until somebody answers, and are put anew, both at once, about three times a
// second meanwhile.

{
  const QUESTIONS = ['_stcore/health', '_stcore/host-config'];
  const PAUSE = 250; // ms, and up to as much again, so that not all pages ask at once
  const AWAY = [502, 503, 504]; // what a proxy says of a server that it does not reach
  const ask = window.fetch.bind(window);
  /** @type {Promise<void> | null} */
  let pause = null;

  const again = () => {
    pause ??= new Promise((go) => setTimeout(go, PAUSE * (1 + Math.random()))).then(() => {
      pause = null;
    });
    return pause;
  };

  /** @param {Parameters<typeof fetch>} question */
  async function untilAnswered(...question) {
    for (;;) {
      try {
        const answer = await ask(...question);
        if (!AWAY.includes(answer.status)) return answer;
      } catch {
        question[1]?.signal?.throwIfAborted();
      }
      await again();
    }
  }

  const isQuestion = (address) => QUESTIONS.some((name) => String(address).endsWith(name));

  window.fetch = (...question) => (isQuestion(question[0]) ? untilAnswered : ask)(...question);
}
