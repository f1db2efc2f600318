using System.Collections.Immutable;

namespace Sallyport.Auditing.Custom;

/// <summary>Holds when every part holds. One part that does not hold decides, whatever is unknown beside it.</summary>
internal sealed class AllClause(ImmutableArray<Clause> parts) : Clause
{
    public override string Words => parts.Length == 1 ? parts[0].Words : $"all of ({string.Join("; ", parts.Select(p => p.Words))})";

    public override bool AsksAtoms => parts.Any(p => p.AsksAtoms);

    public override IEnumerable<AuditNeed> Needs => parts.SelectMany(p => p.Needs);

    public override int Size => 1 + parts.Sum(p => p.Size);

    public override Judgement Judge(Subject subject)
    {
        var result = Judgement.Yes;
        foreach (var part in parts)
        {
            var judgement = part.Judge(subject);
            if (judgement.Holds == false) return judgement;
            if (judgement.Holds is null && result.Holds is not null) result = judgement;
        }

        return result;
    }

    public override IEnumerable<string> Explain(Subject subject, bool holds)
    {
        if (holds) return parts.SelectMany(p => p.Explain(subject, true));
        return parts.FirstOrDefault(p => p.Judge(subject).Holds == false)?.Explain(subject, false) ?? [];
    }
}
