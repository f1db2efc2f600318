using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Lab.Storage;

/// <summary>The entries a prefix list had at one version.</summary>
internal sealed record PrefixListVersion(long Number, ImmutableArray<PrefixListEntry> Entries);
