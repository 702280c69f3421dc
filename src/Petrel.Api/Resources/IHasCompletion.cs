namespace Petrel.Api.Resources;

/// <summary>A kind whose objects can be done for good: their table rows carry a condition of type Completed.</summary>
public interface IHasCompletion
{
    /// <summary>Reason and message of the condition; null while the object is not done.</summary>
    (string Reason, string Message)? Completion { get; }
}
