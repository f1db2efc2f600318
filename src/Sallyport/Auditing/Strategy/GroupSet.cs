using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>Groups that one or more interfaces carry together.</summary>
/// <param name="Groups">Sorted.</param>
/// <param name="Interfaces">In the estate's order, never none.</param>
internal sealed record GroupSet(ImmutableArray<SecurityGroupId> Groups, ImmutableArray<NetworkInterface> Interfaces)
{
    /// <summary>Each different set once, in the order of the estate's interfaces.</summary>
    public static ImmutableArray<GroupSet> Of(Estate estate) =>
    [
        .. estate.NetworkInterfaces.Where(n => !n.Groups.IsEmpty).GroupBy(n => n.Groups, GroupSequence.Comparer)
            .Select(same => new GroupSet(same.Key, [.. same])),
    ];
}
