namespace Sallyport.Auditing.Compliance;

/// <summary>One clause of a compliance framework.</summary>
/// <param name="Framework">Name and version, such as <c>CIS-AWS-3.0</c>.</param>
/// <param name="Id">The clause as the framework numbers it.</param>
/// <param name="Source">Whose mapping it is: a published tool's or document's, or <c>Sallyport</c> for our own.</param>
public sealed record Control(string Framework, string Id, string Source);
