using Sallyport.Packets;

namespace Sallyport.Planning;

/// <summary>The contract's words for the values of a plan.</summary>
internal static class PlanWords
{
    public static readonly (string Word, PlanAction Value)[] Actions =
    [
        ("authorize", PlanAction.Authorize), ("modify", PlanAction.Modify), ("describe", PlanAction.Describe),
        ("tag", PlanAction.Tag), ("revoke", PlanAction.Revoke),
    ];

    public static readonly (string Word, TakesEffect Value)[] Effects =
        [("immediately", TakesEffect.Immediately), ("new-connections", TakesEffect.NewConnections)];

    public static readonly (string Word, IpFamily Value)[] Families = [("ipv4", IpFamily.V4), ("ipv6", IpFamily.V6)];

    public static string Of<T>((string Word, T Value)[] words, T value) => words.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Word;
}
