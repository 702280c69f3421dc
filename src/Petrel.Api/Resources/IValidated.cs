using Petrel.Api.Validation;

namespace Petrel.Api.Resources;

/// <summary>A kind with rules for its content. Every violation is reported, with its field path.</summary>
public interface IValidated
{
    /// <summary>Rules for the object as it is, on create. Metadata is checked by the generic path.</summary>
    void Validate(FieldErrors errors);
}
