namespace Petrel.Api.Resources;

/// <summary>
/// A kind whose metadata.generation counts changes: 1 on create, one more with every update after which
/// <see cref="SpecEquals"/> is false. Kinds without this have no generation.
/// </summary>
public interface IHasGeneration
{
    /// <summary>
    /// Whether everything that clients wish for is the same as in the other object. The source generator compares all but
    /// metadata and status; a kind for which more or less counts says so itself.
    /// </summary>
    bool SpecEquals(ApiObject other);
}
