namespace Sallyport.Estates;

/// <summary>The far end named by a rule: exactly one block, prefix list or group. Equal peers name the same far end.</summary>
public abstract record Peer : IComparable<Peer>
{
    private protected Peer()
    {
    }

    /// <summary>Blocks first (by address), then groups, then prefix lists, each by id.</summary>
    public int CompareTo(Peer? other)
    {
        if (other is null) return 1;
        var order = Rank.CompareTo(other.Rank);
        if (order != 0) return order;
        return (this, other) switch
        {
            (CidrPeer a, CidrPeer b) => a.Cidr.CompareTo(b.Cidr),
            (GroupPeer a, GroupPeer b) => a.Group.CompareTo(b.Group),
            (PrefixListPeer a, PrefixListPeer b) => a.PrefixList.CompareTo(b.PrefixList),
            _ => 0,
        };
    }

    private int Rank => this switch { CidrPeer => 0, GroupPeer => 1, _ => 2 };

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(Peer? left, Peer? right) => left is null ? right is not null : left.CompareTo(right) < 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(Peer? left, Peer? right) => left is not null && left.CompareTo(right) > 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <=(Peer? left, Peer? right) => left is null || left.CompareTo(right) <= 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >=(Peer? left, Peer? right) => left is null ? right is null : left.CompareTo(right) >= 0;
}
