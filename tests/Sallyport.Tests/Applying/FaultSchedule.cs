namespace Sallyport.Tests.Applying;

/// <summary>What goes wrong when, from a seed alone: SplitMix64, so that every platform and version plays the same.</summary>
internal sealed class FaultSchedule(ulong seed, int refusePercent = 0, int lostBeforePercent = 0, int lostAfterPercent = 0, int latePercent = 0, int readFailPercent = 0)
{
    private ulong _state = seed;

    public static FaultSchedule None => new(0);

    public CallFault NextCall()
    {
        var roll = Next(100);
        if (roll < refusePercent) return CallFault.Refused;
        roll -= refusePercent;
        if (roll < lostBeforePercent) return CallFault.LostBeforeCommit;
        roll -= lostBeforePercent;
        return roll < lostAfterPercent ? CallFault.LostAfterCommit : CallFault.None;
    }

    /// <summary>Readings that still show the state before a change.</summary>
    public int NextLateness() => Next(100) < latePercent ? 1 + Next(4) : 0;

    public bool NextReadFails() => Next(100) < readFailPercent;

    public int Next(int below)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (int)(z % (ulong)below);
    }

    internal enum CallFault
    {
        None,
        Refused,
        LostBeforeCommit,
        LostAfterCommit,
    }
}
