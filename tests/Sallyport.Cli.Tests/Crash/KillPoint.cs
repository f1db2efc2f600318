namespace Sallyport.Cli.Tests.Crash;

/// <summary>Where in the life of step <paramref name="Step"/> (from 1; 0 before the first) the process dies.</summary>
internal sealed record KillPoint(int Step, KillMoment Moment)
{
    /// <summary>Whole lines that the journal then has: a header, and a begin and a done for each step.</summary>
    public int Lines => Moment switch
    {
        KillMoment.Opened or KillMoment.Asking => 0,
        KillMoment.Begun or KillMoment.Committed or KillMoment.DoneTorn => 2 * Step,
        KillMoment.BeginTorn => (2 * Step) - 1,
        _ => (2 * Step) + 1,
    };

    /// <summary>True when the change of the step was carried out.</summary>
    public bool IsCarriedOut => Moment is KillMoment.Committed or KillMoment.DoneTorn or KillMoment.Done;

    /// <summary>True for points whose difference to their neighbours is only where in a line the file ends.</summary>
    public bool IsTorn => Moment is KillMoment.BeginTorn or KillMoment.DoneTorn;

    /// <summary>Every point of a plan's journal, in order.</summary>
    public static IEnumerable<KillPoint> All(int steps) =>
    [
        new(0, KillMoment.Opened), new(0, KillMoment.Asking), new(0, KillMoment.Done),
        .. Enumerable.Range(1, steps).SelectMany(step => Enum.GetValues<KillMoment>().Where(m => m >= KillMoment.BeginTorn).Select(m => new KillPoint(step, m))),
    ];
}
