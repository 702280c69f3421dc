using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

/// <summary>How many devices a request is for: a number of them, or all.</summary>
internal static class AllocationModes
{
    private const string All = "All";

    private const string ExactCount = "ExactCount";

    public static string Default(string mode) => mode.Length > 0 ? mode : ExactCount;

    public static long DefaultCount(string mode, long count) => mode == ExactCount && count == 0 ? 1 : count;

    public static void Validate(string mode, long count, FieldPath path, FieldErrors errors)
    {
        switch (mode)
        {
            case All when count != 0:
                errors.Invalid(path.Child("count"), count, $"must not be specified when allocationMode is '{mode}'");
                break;
            case ExactCount when count <= 0:
                errors.Invalid(path.Child("count"), count, "must be greater than zero");
                break;
            case not (All or ExactCount):
                errors.NotSupported(path.Child("allocationMode"), mode, [All, ExactCount]);
                break;
        }
    }
}
