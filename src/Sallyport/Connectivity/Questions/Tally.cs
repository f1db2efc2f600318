using Sallyport.Connectivity.Tables;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>Sums up pairs: what gets through for some and for every one, and where the rest ends.</summary>
internal sealed class Tally(ServicePool pool)
{
    private readonly int[] _open = [ServicePool.Any, ServicePool.Any, ServicePool.Any, ServicePool.Any];
    private readonly int[] _sure = [ServicePool.Any, ServicePool.Any, ServicePool.Any, ServicePool.Any];

    /// <summary>Over all pairs.</summary>
    public Spread Total { get; private set; } = Spread.Start;

    /// <summary>What the source's groups may let out for some pair.</summary>
    public int LeavesSource { get; private set; }

    /// <summary>True when some pair was counted.</summary>
    public bool HasPairs { get; private set; }

    /// <summary>True when a group without members took part.</summary>
    public bool IsSymbolic { get; set; }

    /// <summary>Services whose answers reach part of the ephemeral ports for some pair.</summary>
    public ServiceSet PartlyAnswered { get; set; } = ServiceSet.Empty;

    /// <summary>What a layer by itself may let through for every pair.</summary>
    public int OpenEverywhere(Layer layer) => _open[(int)layer];

    /// <summary>What a layer by itself certainly lets through for every pair.</summary>
    public int SureEverywhere(Layer layer) => _sure[(int)layer];

    /// <summary>Counts pairs of which only the groups were asked.</summary>
    public void Add(Spread egress, Spread ingress, Spread both)
    {
        HasPairs = true;
        Total = Total.With(both, pool);
        LeavesSource = pool.Union(LeavesSource, egress.SomePossible);
        Narrow(Layer.Egress, egress.AllAllowed, egress.AllPossible);
        Narrow(Layer.Ingress, ingress.AllAllowed, ingress.AllPossible);
    }

    /// <summary>The same where the network was asked for and cannot be told.</summary>
    public void AddUnknownNetwork(Spread egress, Spread ingress, Spread both)
    {
        Add(egress, ingress, both);
        Narrow(Layer.Nacl, ServicePool.Empty, ServicePool.Any);
        Narrow(Layer.Route, ServicePool.Empty, ServicePool.Any);
    }

    /// <summary>Counts one pair of which every layer was asked: certain and possible services by layer.</summary>
    public void Add(ReadOnlySpan<(int Allowed, int Possible)> layers)
    {
        HasPairs = true;
        LeavesSource = pool.Union(LeavesSource, layers[0].Possible);
        var (allowed, possible) = (ServicePool.Any, ServicePool.Any);
        for (var i = 0; i < layers.Length; i++)
        {
            allowed = pool.Intersect(allowed, layers[i].Allowed);
            possible = pool.Intersect(possible, layers[i].Possible);
            Narrow((Layer)i, layers[i].Allowed, layers[i].Possible);
        }

        Total = Total.With(Spread.One(allowed, possible), pool);
    }

    private void Narrow(Layer layer, int allowed, int possible)
    {
        _sure[(int)layer] = pool.Intersect(_sure[(int)layer], allowed);
        _open[(int)layer] = pool.Intersect(_open[(int)layer], possible);
    }
}
