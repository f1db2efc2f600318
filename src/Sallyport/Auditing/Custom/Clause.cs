namespace Sallyport.Auditing.Custom;

/// <summary>
/// A condition of a custom rule. It is a finite tree over facts that each end by themselves: no loops, no names, so every judgement
/// ends and can be explained.
/// </summary>
internal abstract class Clause
{
    /// <summary>In words, as a reader of the file would say it.</summary>
    public abstract string Words { get; }

    /// <summary>Does it ask about single rules of a group?</summary>
    public abstract bool AsksAtoms { get; }

    /// <summary>What it reads beside the groups.</summary>
    public abstract IEnumerable<AuditNeed> Needs { get; }

    /// <summary>Clauses in the tree, this one included.</summary>
    public abstract int Size { get; }

    public abstract Judgement Judge(Subject subject);

    /// <summary>The facts that make the clause hold (or fail, as <paramref name="holds"/> says) for a subject, in words, in file order.</summary>
    public abstract IEnumerable<string> Explain(Subject subject, bool holds);
}
