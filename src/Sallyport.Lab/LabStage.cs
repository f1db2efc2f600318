namespace Sallyport.Lab;

/// <summary>Points of a call at which <see cref="LabOptions.OnStage"/> is awaited.</summary>
public enum LabStage
{
    /// <summary>The request was read and its caller is known; nothing has been changed.</summary>
    Received,

    /// <summary>The operation was carried out and saved; nothing has been answered.</summary>
    Committed,
}
