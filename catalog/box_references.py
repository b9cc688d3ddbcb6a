"""Where the box losses come from."""

from catalog.record import Reference

UNITBOX = Reference(
    "Jiahui Yu, Yuning Jiang, Zhangyang Wang, Zhimin Cao, Thomas Huang",
    "UnitBox: An Advanced Object Detection Network",
    "ACM Multimedia",
    2016,
    "https://arxiv.org/abs/1608.01471",
)
REZATOFIGHI = Reference(
    "Hamid Rezatofighi, Nathan Tsoi, JunYoung Gwak, Amir Sadeghian, Ian Reid, Silvio Savarese",
    "Generalized Intersection over Union: A Metric and a Loss for Bounding Box Regression",
    "CVPR",
    2019,
    "https://arxiv.org/abs/1902.09630",
)
ZHENG = Reference(
    "Zhaohui Zheng, Ping Wang, Wei Liu, Jinze Li, Rongguang Ye, Dongwei Ren",
    "Distance-IoU Loss: Faster and Better Learning for Bounding Box Regression",
    "AAAI",
    2020,
    "https://arxiv.org/abs/1911.08287",
)
ZHENG_JOURNAL = Reference(
    "Zhaohui Zheng, Ping Wang, Dongwei Ren, Wei Liu, Rongguang Ye, Qinghua Hu, Wangmeng Zuo",
    "Enhancing Geometric Factors in Model Learning and Inference for Object Detection and "
    "Instance Segmentation",
    "IEEE Transactions on Cybernetics 52(8)",
    2022,
    "https://arxiv.org/abs/2005.03572",
)
ZHANG = Reference(
    "Yi-Fan Zhang, Weiqiang Ren, Zhang Zhang, Zhen Jia, Liang Wang, Tieniu Tan",
    "Focal and Efficient IOU Loss for Accurate Bounding Box Regression",
    "Neurocomputing 506",
    2022,
    "https://arxiv.org/abs/2101.08158",
)
CHEN = Reference(
    "Dong Chen, Duoqian Miao",
    "Control Distance IoU and Control Distance IoU Loss Function for Better Bounding Box "
    "Regression",
    "arXiv",
    2021,
    "https://arxiv.org/abs/2103.11696",
)
GEVORGYAN = Reference(
    "Zhora Gevorgyan",
    "SIoU Loss: More Powerful Learning for Bounding Box Regression",
    "arXiv",
    2022,
    "https://arxiv.org/abs/2205.12740",
)
TONG = Reference(
    "Zanjia Tong, Yuhang Chen, Zewei Xu, Rong Yu",
    "Wise-IoU: Bounding Box Regression Loss with Dynamic Focusing Mechanism",
    "arXiv",
    2023,
    "https://arxiv.org/abs/2301.10051",
)
MA = Reference(
    "Siliang Ma, Yong Xu",
    "MPDIoU: A Loss for Efficient and Accurate Bounding Box Regression",
    "arXiv",
    2023,
    "https://arxiv.org/abs/2307.07662",
)
HE = Reference(
    "Jiabo He, Sarah Erfani, Xingjun Ma, James Bailey, Ying Chi, Xian-Sheng Hua",
    "Alpha-IoU: A Family of Power Intersection over Union Losses for Bounding Box Regression",
    "NeurIPS",
    2021,
    "https://arxiv.org/abs/2110.13675",
)
INNER = Reference(
    "Hao Zhang, Cong Xu, Shuaijie Zhang",
    "Inner-IoU: More Effective Intersection over Union Loss with Auxiliary Bounding Box",
    "arXiv",
    2023,
    "https://arxiv.org/abs/2311.02877",
)
SHAPE = Reference(
    "Hao Zhang, Shuaijie Zhang",
    "Shape-IoU: More Accurate Metric considering Bounding Box Shape and Scale",
    "arXiv",
    2023,
    "https://arxiv.org/abs/2312.17663",
)
