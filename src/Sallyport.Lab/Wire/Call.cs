using Sallyport.Estates;
using Sallyport.Lab.Identity;
using Sallyport.Lab.Storage;

namespace Sallyport.Lab.Wire;

/// <summary>One request being carried out: who asks, where, for what.</summary>
internal sealed class Call(Caller caller, string region, ParameterNode input, World world, LabQuotas quotas, DateTimeOffset now)
{
    public Caller Caller { get; } = caller;

    /// <summary>The caller's account and the Region of the signature.</summary>
    public Scope Scope { get; } = new(caller.Account, region);

    public ParameterNode Input { get; } = input;

    public World World { get; } = world;

    public LabQuotas Quotas { get; } = quotas;

    public DateTimeOffset Now { get; } = now;

    /// <summary>State of <see cref="Scope"/>.</summary>
    public RegionState Here => field ??= World.Region(Scope);

    /// <summary>Called after every check and before the first change: this is where a dry run ends (EC2 API: DryRunOperation).</summary>
    public void EndOfChecks()
    {
        if (Input.Flag("DryRun") == true) throw Refusals.DryRun();
    }
}
