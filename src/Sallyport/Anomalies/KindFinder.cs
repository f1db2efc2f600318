namespace Sallyport.Anomalies;

/// <summary>Looks for one kind of anomaly, or for kinds that come out of one comparison, in one direction of one group at a time.</summary>
internal abstract class KindFinder
{
    /// <summary>Judges every rule of the side. The sink drops kinds that nobody wants.</summary>
    public abstract void Find(GroupSide side, AnomalySink sink);
}
