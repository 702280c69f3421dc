using Petrel.Api;

namespace Petrel.ApiServer.Registry;

/// <summary>
/// What a kind does around its writes beyond its own content: services take addresses and ports from a shared pool. Hooks
/// run before validation, which judges the complete object, and must be able to undo.
/// </summary>
public interface IWriteHook
{
    /// <summary>Kind the hook is for.</summary>
    Type Kind { get; }

    /// <summary>Completes the object before it is stored.</summary>
    /// <param name="old">Null for a create.</param>
    /// <exception cref="Responses.StatusException">What the object asks for cannot be had.</exception>
    ValueTask<WriteReservation> BeginWriteAsync(ApiObject value, ApiObject? old, bool dryRun, CancellationToken cancellationToken);

    /// <summary>The object is gone: gives back what it held.</summary>
    ValueTask AfterDeleteAsync(ApiObject old);
}
