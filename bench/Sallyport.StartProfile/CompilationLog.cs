using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Tracing;
using System.Reflection;

namespace Sallyport.StartProfile;

/// <summary>Hears from the runtime which methods it compiled, and finds them again by reflection.</summary>
internal sealed class CompilationLog : EventListener
{
    private const EventKeywords Compilation = (EventKeywords)0x10;
    private const uint Dynamic = 1;
    private const uint Jitted = 8;

    // The runtime hands events on every tenth of a second.
    private static readonly TimeSpan UntilHeard = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(nint Method, string Type), byte> _heard = new();

    /// <summary>The methods heard of so far; those that cannot be found again are left out, and a run compiles them as before.</summary>
    public ImmutableArray<MethodBase> Close()
    {
        Thread.Sleep(UntilHeard);
        Dispose();
        var types = new TypeNames(AppDomain.CurrentDomain.GetAssemblies());
        return
        [
            .. _heard.Keys.Select(h => Find(types, h.Method, h.Type)).OfType<MethodBase>()
                .Where(m => m.DeclaringType is { } type && type.Assembly != typeof(CompilationLog).Assembly)
                .OrderBy(m => m.DeclaringType!.ToString(), StringComparer.Ordinal).ThenBy(m => m.ToString(), StringComparer.Ordinal),
        ];
    }

    private static MethodBase? Find(TypeNames types, nint method, string type)
    {
        var handle = RuntimeMethodHandle.FromIntPtr(method);
        if (!type.Contains('[', StringComparison.Ordinal)) return MethodBase.GetMethodFromHandle(handle);
        try
        {
            return types.Find(type) is { } found ? MethodBase.GetMethodFromHandle(handle, found.TypeHandle) : null;
        }
        catch (ArgumentException)
        {
            // Another assembly has a type of that name.
            return null;
        }
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(eventSource, EventLevel.Verbose, Compilation);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is not { EventName: { } name, Payload: [ulong method, _, _, _, _, uint flags, string type, ..] }) return;
        if (!name.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) || (flags & Jitted) == 0 || (flags & Dynamic) != 0) return;
        _heard.TryAdd(((nint)method, type), 0);
    }
}
