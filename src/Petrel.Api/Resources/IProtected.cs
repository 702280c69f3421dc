namespace Petrel.Api.Resources;

/// <summary>A kind some of whose objects cannot be deleted, whoever asks (PriorityClass).</summary>
public interface IProtected
{
    /// <summary>Why the object stays; null when it may go.</summary>
    string? DeletionRefusal { get; }
}
