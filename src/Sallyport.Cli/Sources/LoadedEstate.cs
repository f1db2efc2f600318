using Sallyport.Estates;

namespace Sallyport.Cli.Sources;

/// <summary>What reading gave: an estate, or the exit code to end with.</summary>
/// <param name="Estate">Null when the run shall end.</param>
/// <param name="Code">Meaningful only without an estate.</param>
internal readonly record struct LoadedEstate(Estate? Estate, ExitCode Code);
