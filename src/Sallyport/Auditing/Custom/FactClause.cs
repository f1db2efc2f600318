using System.Collections.Immutable;

namespace Sallyport.Auditing.Custom;

/// <summary>A fact of the closed list with its values.</summary>
internal sealed class FactClause(string words, bool asksAtoms, Func<Subject, Judgement> judge, ImmutableArray<AuditNeed> needs) : Clause
{
    public override string Words => words;

    public override bool AsksAtoms => asksAtoms;

    public override IEnumerable<AuditNeed> Needs => needs;

    public override int Size => 1;

    public override Judgement Judge(Subject subject) => judge(subject);

    public override IEnumerable<string> Explain(Subject subject, bool holds) => [holds ? words : $"not {words}"];
}
