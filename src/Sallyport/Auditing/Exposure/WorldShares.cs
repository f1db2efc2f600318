using Sallyport.Anomalies;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Exposure;

/// <summary>
/// How many addresses of the world single rules of a group open, by direction and family, counted as often as they do. A rule that opens
/// the whole world counts for nothing, since it is no part of it.
/// </summary>
internal sealed class WorldShares
{
    private readonly double[] _shares = new double[4];

    private WorldShares()
    {
    }

    /// <summary>Of a group that opens no part of the world, and of one that the estate does not hold.</summary>
    public static WorldShares None { get; } = new();

    public static WorldShares Of(SecurityGroup group, EstateFacts facts)
    {
        WorldShares? result = null;
        foreach (var rule in group.Rules)
        {
            if (rule.Peer is GroupPeer || facts.BlocksOf(rule.Peer) is not { } blocks) continue;
            foreach (var family in new ReadOnlySpan<IpFamily>([IpFamily.V4, IpFamily.V6]))
            {
                var world = PublicSpace.WorldOf(family);
                var count = AddressNumber.Zero;
                foreach (var block in blocks)
                {
                    if (block.Family == family) count += world.CountWithin(new AddressRange(block.Bits, block.Last.Bits));
                }

                if (count > 0 && count < world.Count) (result ??= new())._shares[Place(rule.Direction, family)] += (double)count;
            }
        }

        return result ?? None;
    }

    public double In(Direction direction, IpFamily family) => _shares[Place(direction, family)];

    private static int Place(Direction direction, IpFamily family) => (direction == Direction.Ingress ? 0 : 2) + (family == IpFamily.V4 ? 0 : 1);
}
