using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Connections;

/// <summary>A named list of services.</summary>
public sealed record ServiceDeclaration(string Name, ImmutableArray<Service> Services, SourceSpan? At = null);
