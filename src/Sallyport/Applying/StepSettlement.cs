namespace Sallyport.Applying;

/// <summary>How a step came to be done.</summary>
public enum StepSettlement
{
    /// <summary>The call succeeded.</summary>
    Called,

    /// <summary>Nothing was left to do when it was the step's turn.</summary>
    Already,

    /// <summary>The call's outcome was not known; reading again showed that it is done.</summary>
    Settled,
}
