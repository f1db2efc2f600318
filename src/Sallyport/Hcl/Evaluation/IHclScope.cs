using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Evaluation;

/// <summary>What names mean where an expression stands.</summary>
internal interface IHclScope
{
    /// <summary>
    /// The value of a root with one attribute, as in <c>var.name</c>, <c>local.name</c> or <c>aws_vpc.main</c>; null when the
    /// root is none of its own. Looking up may evaluate something else.
    /// </summary>
    HclValue? Find(string root, string name);

    /// <summary>The value of a root by itself, such as the name of a for expression; null when there is none.</summary>
    HclValue? Find(string root);
}
