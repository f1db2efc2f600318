namespace Sallyport.Connectivity.Questions;

/// <summary>Questions an interface is asked about itself: such traffic never leaves it, so nothing filters it.</summary>
internal static class OneInterface
{
    /// <summary>
    /// True when both sets are one and the same interface, at addresses of one family at least. A group with one member is not
    /// meant: what its members do to each other is about the members it will have.
    /// </summary>
    public static bool IsBoth(EndpointSet from, EndpointSet to) =>
        IsOne(from) && IsOne(to) && from.Places[0].Nic == to.Places[0].Nic && from.Places.Any(p => to.Places.Any(q => q.Family == p.Family));

    private static bool IsOne(EndpointSet set) =>
        set is { Group: null, EmptyGroups.IsEmpty: true, OutsideV4.IsEmpty: true, OutsideV6.IsEmpty: true, Places: [var first, ..] } && set.Places.All(p => p.Nic == first.Nic);
}
