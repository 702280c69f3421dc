namespace Petrel.Api.Resources;

/// <summary>
/// A kind that decides itself which fields a client may set. Without it the generic rules hold: create and update keep the
/// server's status (when the kind has a status subresource), and a changed spec raises metadata.generation.
/// </summary>
public interface IPrepared
{
    /// <summary>Clears or sets fields that the server owns, before validation of a create.</summary>
    ApiObject PrepareForCreate();

    /// <summary>Carries over from the stored object what an update through the main resource must not change.</summary>
    ApiObject PrepareForUpdate(ApiObject old);
}
