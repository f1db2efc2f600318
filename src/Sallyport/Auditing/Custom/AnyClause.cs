using System.Collections.Immutable;

namespace Sallyport.Auditing.Custom;

/// <summary>Holds when some part holds. One part that holds decides, whatever is unknown beside it.</summary>
internal sealed class AnyClause(ImmutableArray<Clause> parts) : Clause
{
    public override string Words => parts.Length == 1 ? parts[0].Words : $"any of ({string.Join("; ", parts.Select(p => p.Words))})";

    public override bool AsksAtoms => parts.Any(p => p.AsksAtoms);

    public override IEnumerable<AuditNeed> Needs => parts.SelectMany(p => p.Needs);

    public override int Size => 1 + parts.Sum(p => p.Size);

    public override Judgement Judge(Subject subject)
    {
        var result = Judgement.No;
        foreach (var part in parts)
        {
            var judgement = part.Judge(subject);
            if (judgement.Holds == true) return judgement;
            if (judgement.Holds is null && result.Holds is not null) result = judgement;
        }

        return result;
    }

    public override IEnumerable<string> Explain(Subject subject, bool holds)
    {
        if (!holds) return parts.SelectMany(p => p.Explain(subject, false));
        return parts.FirstOrDefault(p => p.Judge(subject).Holds == true)?.Explain(subject, true) ?? [];
    }
}
