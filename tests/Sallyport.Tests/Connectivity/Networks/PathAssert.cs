using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity.Networks;

/// <summary>What a test says of a judgement, with the notes in the failure's text.</summary>
internal static class PathAssert
{
    public static void Passes(this PathJudgement path, string service = "tcp/443")
    {
        Assert.True(path.Nacl.Allowed.Contains(Service.Parse(service)), $"ACLs do not allow {service}: {Told(path)}");
        Assert.True(path.Route.Allowed.Contains(Service.Parse(service)), $"Routes do not carry {service}: {Told(path)}");
        Assert.False(path.PartlyAnswered.Overlaps(Service.Parse(service).Interval), $"{service} is partly answered: {Told(path)}");
    }

    public static void IsClear(this PathJudgement path)
    {
        Assert.True(path.Nacl == Passage.Everything && path.Route == Passage.Everything, Told(path));
        Assert.True(path.PartlyAnswered.IsEmpty && path.ReferencesApply, Told(path));
        Assert.Null(path.SourceSeenAs);
    }

    /// <summary>The routes stop everything, and a note of the resource says so.</summary>
    public static void HasNoRoute(this PathJudgement path, string resource, string text)
    {
        Assert.True(path.Route.IsNothing, $"Routes carry something: {Told(path)}");
        Notes(path, Layer.Route, resource, text, isGap: false);
        Assert.Contains(path.Notes, n => n.Layer == Layer.Route && n.Resource == resource && n.Stops.IsAny);
    }

    /// <summary>The routes are not known for anything, and a note of the resource says why.</summary>
    public static void HasUnknownRoute(this PathJudgement path, string resource, string text)
    {
        Assert.True(path.Route == Passage.NotKnown, $"Routes are known: {Told(path)}");
        Notes(path, Layer.Route, resource, text, isGap: true);
    }

    /// <summary>An ACL stops the service, and a note of it says so.</summary>
    public static void IsStoppedBy(this PathJudgement path, string acl, string service, string text)
    {
        Assert.False(path.Nacl.Possible.Overlaps(Service.Parse(service).Interval), $"ACLs let {service} through: {Told(path)}");
        Notes(path, Layer.Nacl, acl, text, isGap: false);
        Assert.Contains(path.Notes, n => n.Resource == acl && n.Stops.Contains(Service.Parse(service)));
    }

    public static void Notes(this PathJudgement path, Layer layer, string resource, string text, bool isGap) => Assert.True(
        path.Notes.Any(n => n.Layer == layer && n.Resource == resource && n.IsGap == isGap && n.Text.Contains(text, StringComparison.Ordinal)),
        $"No note of {resource} with \"{text}\": {Told(path)}");

    // Sets with holes in ICMP print a service for every type.
    private static string Short(Passage passage)
    {
        return $"{Cut(passage.Allowed)} / unknown {Cut(passage.Unknown)}";

        static string Cut(ServiceSet set) => set.ToString() is { Length: > 80 } text ? text[..80] + "…" : set.ToString();
    }

    public static string Told(PathJudgement path) =>
        $"acl {Short(path.Nacl)}; route {Short(path.Route)}; {string.Join(" | ", path.Notes.Select(n => $"{n.Layer} {n.Resource}{(n.IsGap ? " gap" : "")}: {n.Text}"))}";
}
