namespace Sallyport.Applying;

/// <summary>Where an apply stands.</summary>
public enum ApplyStage
{
    /// <summary>Reading the estate and comparing it with the plan.</summary>
    Comparing,

    /// <summary>Asking whether every change would be permitted.</summary>
    AskingPermission,

    /// <summary>The journal says that the step begins; its call is next.</summary>
    StepBegins,

    /// <summary>Reading again because an outcome is not known or not visible yet.</summary>
    Rereading,

    /// <summary>The journal says that the step is done.</summary>
    StepDone,

    /// <summary>A group shows what was done to it.</summary>
    GroupVerified,
}
