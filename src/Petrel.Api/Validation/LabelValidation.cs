namespace Petrel.Api.Validation;

/// <summary>Rules for labels and for keys that name labels.</summary>
internal static class LabelValidation
{
    public static void ValidateLabels(ApiMap<string> labels, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, value) in labels)
        {
            ValidateKey(key, path, errors);
            errors.InvalidAll(path, value, NameFormats.LabelValue(value));
        }
    }

    public static void ValidateKey(string key, FieldPath path, FieldErrors errors) => errors.InvalidAll(path, key, NameFormats.QualifiedName(key));
}
