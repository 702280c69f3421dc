using Petrel.Api.Validation;

namespace Petrel.Api.Storage;

/// <summary>What classes of storage have in common: somebody who provides it, and parameters that only he understands.</summary>
internal static class ClassRules
{
    private const int ParametersMax = 512;

    private const int ParameterBytesMax = 256 * 1024;

    public static void ValidateProvisioner(string provisioner, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path, provisioner))
        {
            errors.QualifiedName(path, provisioner.ToLowerInvariant());
        }
    }

    public static void ValidateParameters(ApiMap<string> parameters, bool isRequired, FieldPath path, FieldErrors errors)
    {
        if (parameters.Count > ParametersMax)
        {
            errors.TooLong(path, ParametersMax);
            return;
        }

        var bytes = 0L;
        foreach (var (key, value) in parameters)
        {
            if (key.Length == 0)
            {
                errors.Invalid(path, key, "field can not be empty.");
            }

            bytes += NameFormats.Bytes(key) + NameFormats.Bytes(value);
        }

        if (bytes > ParameterBytesMax)
        {
            errors.TooLong(path, ParameterBytesMax);
        }

        if (isRequired && parameters.IsEmpty)
        {
            errors.Required(path, "must contain at least one key/value pair");
        }
    }

    public static void Keep(bool isSame, string field, FieldErrors errors)
    {
        if (!isSame)
        {
            errors.Forbidden(FieldPath.Root.Child(field), $"updates to {field} are forbidden.");
        }
    }
}
