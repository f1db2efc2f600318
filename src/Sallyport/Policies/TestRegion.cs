using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>Part of what a test is about: every pair of these ends on each of these services.</summary>
/// <param name="From">Who opens the connection.</param>
/// <param name="To">Who is asked.</param>
/// <param name="Services">On what.</param>
internal sealed record TestRegion(TestEnds From, TestEnds To, ServiceSet Services)
{
    /// <summary>The exception that covered this part until it expired; null when there is none.</summary>
    public BoundExemption? Expired { get; init; }

    public bool IsEmpty => From.IsEmpty || To.IsEmpty || Services.IsEmpty;

    public TestRegion Intersect(TestRegion other) => this with { From = From.Intersect(other.From), To = To.Intersect(other.To), Services = Services.Intersect(other.Services) };

    /// <summary>What the other does not cover, in at most three parts that do not overlap.</summary>
    public IEnumerable<TestRegion> Except(TestRegion other)
    {
        var both = Intersect(other);
        if (both.IsEmpty) return IsEmpty ? [] : [this];
        TestRegion[] parts = [this with { From = From.Except(other.From) }, both with { To = To.Except(other.To), Services = Services }, both with { Services = Services.Subtract(other.Services) }];
        return parts.Where(p => !p.IsEmpty);
    }
}
