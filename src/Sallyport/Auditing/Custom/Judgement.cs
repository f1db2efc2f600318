namespace Sallyport.Auditing.Custom;

/// <summary>What a clause says of a subject: it holds, it does not, or nobody can know, because of a gap (a clause in words).</summary>
internal readonly record struct Judgement(bool? Holds, string? Gap)
{
    public static Judgement Yes { get; } = new(true, null);

    public static Judgement No { get; } = new(false, null);

    public static Judgement Unknown(string gap) => new(null, gap);

    public static Judgement Of(bool holds) => holds ? Yes : No;

    public Judgement Negated => new(!Holds, Gap);
}
