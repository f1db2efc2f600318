namespace Sallyport.Auditing.Custom;

/// <summary>Holds when its part does not; what is unknown stays unknown.</summary>
internal sealed class NotClause(Clause part) : Clause
{
    public override string Words => $"not {part.Words}";

    public override bool AsksAtoms => part.AsksAtoms;

    public override IEnumerable<AuditNeed> Needs => part.Needs;

    public override int Size => 1 + part.Size;

    public override Judgement Judge(Subject subject) => part.Judge(subject).Negated;

    public override IEnumerable<string> Explain(Subject subject, bool holds) => part.Explain(subject, !holds);
}
