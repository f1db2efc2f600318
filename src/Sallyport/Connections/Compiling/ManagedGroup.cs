using Sallyport.Estates;

namespace Sallyport.Connections.Compiling;

/// <summary>A group that the connections file names.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Id">Its id, or the name as a symbolic id when no estate resolved it.</param>
/// <param name="Scope">Where it lives; unknown parts are empty.</param>
/// <param name="IsReadOnly">True when others manage its rules: it may be a peer, but nothing on it is ever changed.</param>
public sealed record ManagedGroup(string Name, SecurityGroupId Id, Scope Scope, bool IsReadOnly);
