namespace Sallyport.Aws.Ec2.Query;

/// <summary>One API operation: its page size and its bucket.</summary>
/// <param name="Name">Wire name.</param>
/// <param name="MaxResults">Largest page the operation takes; 0 when it is not paginated.</param>
/// <param name="Capacity">Size of EC2's token bucket for it.</param>
/// <param name="RefillPerSecond">Tokens EC2 adds a second.</param>
/// <param name="Changes">True when it changes something: never repeated while its outcome is unknown.</param>
internal sealed record Operation(string Name, int MaxResults, int Capacity, double RefillPerSecond, bool Changes)
{
    /// <summary>A describe, get or search (100 tokens, 20 a second).</summary>
    public static Operation Read(string name, int maxResults = 1000) => new(name, maxResults, 100, 20, Changes: false);

    /// <summary>A change (50 tokens, 5 a second).</summary>
    public static Operation Change(string name) => new(name, 0, 50, 5, Changes: true);

    /// <summary>CreateTags and DeleteTags (100 tokens, 10 a second).</summary>
    public static Operation Tagging(string name) => new(name, 0, 100, 10, Changes: true);
}
