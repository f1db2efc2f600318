using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>Which groups databases and load balancers carry.</summary>
internal sealed class ServiceUse
{
    private readonly Dictionary<SecurityGroupId, List<NetworkInterface>> _databases = [];
    private readonly Dictionary<SecurityGroupId, List<NetworkInterface>> _balancers = [];

    public ServiceUse(Estate estate)
    {
        var made = ImmutableArray.CreateBuilder<(NetworkInterface, InterfaceOwner)>();
        foreach (var nic in estate.NetworkInterfaces)
        {
            if (InterfaceOwner.Of(nic) is not { } owner) continue;
            made.Add((nic, owner));
            var use = owner.IsDatabase ? _databases : owner.IsLoadBalancer ? _balancers : null;
            if (use is null) continue;
            foreach (var group in nic.Groups)
            {
                if (!use.TryGetValue(group, out var list)) use.Add(group, list = []);
                list.Add(nic);
            }
        }

        Made = made.ToImmutable();
    }

    /// <summary>Interfaces that services made, in the estate's order.</summary>
    public ImmutableArray<(NetworkInterface Interface, InterfaceOwner Owner)> Made { get; }

    /// <summary>Interfaces of databases that carry a group.</summary>
    public IReadOnlyList<NetworkInterface> DatabasesOf(SecurityGroupId group) => _databases.TryGetValue(group, out var list) ? list : [];

    /// <summary>Interfaces of load balancers that carry a group.</summary>
    public IReadOnlyList<NetworkInterface> BalancersOf(SecurityGroupId group) => _balancers.TryGetValue(group, out var list) ? list : [];
}
