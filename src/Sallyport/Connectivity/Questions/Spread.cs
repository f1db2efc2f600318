using Sallyport.Connectivity.Tables;

namespace Sallyport.Connectivity.Questions;

/// <summary>
/// What one side lets through over many far ends, by service-set number: for some and for all of them, certainly and at most.
/// Since a side looks at the far end only, what a pair of parties lets through for some pair is the intersection of what the two
/// sides let through for some end, and likewise for all.
/// </summary>
internal readonly record struct Spread(int SomeAllowed, int AllAllowed, int SomePossible, int AllPossible)
{
    /// <summary>Nothing looked at yet.</summary>
    public static Spread Start { get; } = new(ServicePool.Empty, ServicePool.Any, ServicePool.Empty, ServicePool.Any);

    /// <summary>Everything gets through.</summary>
    public static Spread Open { get; } = new(ServicePool.Any, ServicePool.Any, ServicePool.Any, ServicePool.Any);

    /// <summary>Nothing is known.</summary>
    public static Spread NotKnown { get; } = new(ServicePool.Empty, ServicePool.Empty, ServicePool.Any, ServicePool.Any);

    /// <summary>One end: what is allowed and what may be.</summary>
    public static Spread One(int allowed, int possible) => new(allowed, allowed, possible, possible);

    /// <summary>One more end, or party of ends.</summary>
    public Spread With(Spread other, ServicePool pool) => new(
        pool.Union(SomeAllowed, other.SomeAllowed), pool.Intersect(AllAllowed, other.AllAllowed),
        pool.Union(SomePossible, other.SomePossible), pool.Intersect(AllPossible, other.AllPossible));

    /// <summary>What passes this side and the other.</summary>
    public Spread Through(Spread other, ServicePool pool) => new(
        pool.Intersect(SomeAllowed, other.SomeAllowed), pool.Intersect(AllAllowed, other.AllAllowed),
        pool.Intersect(SomePossible, other.SomePossible), pool.Intersect(AllPossible, other.AllPossible));
}
