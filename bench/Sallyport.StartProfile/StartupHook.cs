using Sallyport.StartProfile;

/// <summary>
/// Rides along in a run of the tool (DOTNET_STARTUP_HOOKS) and leaves the methods that were compiled on the way as a profile for the
/// next publish (SALLYPORT_START_PROFILE). The runtime finds it by this name, outside every namespace.
/// </summary>
#pragma warning disable MA0047 // The name and the place are the runtime's.
internal static class StartupHook
#pragma warning restore MA0047
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("SALLYPORT_START_PROFILE") is not { Length: > 0 } path) return;
        var log = new CompilationLog();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            var methods = log.Close();
            StartProfileFile.Write(path, methods);
            Console.Error.WriteLine($"start profile: {methods.Length} methods");
        };
    }
}
