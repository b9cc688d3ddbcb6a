// Runs in the front page, before Streamlit starts: a page is back as soon as its server is.
//
// Streamlit asks whether the server lives, after a refusal waits up to four seconds, and asks again. Here
// its question stays open until somebody answers, and is put anew about twice a second meanwhile.

{
  const QUESTIONS = ['_stcore/health', '_stcore/host-config'];
  const PAUSE = 400; // ms, and up to as much again, so that not all pages ask at once
  const AWAY = [502, 503, 504]; // what a proxy says of a server that it does not reach
  const ask = window.fetch.bind(window);

  /** @param {Parameters<typeof fetch>} question */
  async function untilAnswered(...question) {
    for (;;) {
      try {
        const answer = await ask(...question);
        if (!AWAY.includes(answer.status)) return answer;
      } catch {
        question[1]?.signal?.throwIfAborted();
      }
      await new Promise((go) => setTimeout(go, PAUSE * (1 + Math.random())));
    }
  }

  const isQuestion = (address) => QUESTIONS.some((name) => String(address).endsWith(name));

  window.fetch = (...question) => (isQuestion(question[0]) ? untilAnswered : ask)(...question);
}
