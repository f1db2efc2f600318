using Sallyport.Auditing.Declared;
using Sallyport.Auditing.Exposure;
using Sallyport.Auditing.Links;

namespace Sallyport.Auditing;

internal sealed partial class AuditContext
{
    private MeaningFacts? _meaning;

    /// <summary>Which groups reach which by references on both sides.</summary>
    public ReferenceLinks Links => Meaning.Links;

    /// <summary>What lies between interfaces and the internet.</summary>
    public InternetPaths Internet => Meaning.Internet;

    /// <summary>The declared connections held against the estate. Ask it only when <see cref="Connections"/> is given.</summary>
    public DeclaredState Declared => Meaning.Declared;

    /// <summary>What rules about meaning share, each part worked out on first use.</summary>
    public MeaningFacts Meaning => LazyInitializer.EnsureInitialized(ref _meaning, () => new MeaningFacts(this));
}
