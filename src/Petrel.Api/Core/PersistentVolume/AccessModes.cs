using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The ways in which volumes can be mounted.</summary>
internal static class AccessModes
{
    private static readonly (string Mode, string Short)[] Known =
        [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")];

    /// <summary>The modes as tables show them, each once.</summary>
    public static string Short(ApiList<string> modes) => string.Join(",", Known.Where(known => modes.Contains(known.Mode)).Select(static known => known.Short));

    /// <summary>Known modes, and no other one beside that for a single pod.</summary>
    public static void Validate(ApiList<string> modes, FieldPath path, FieldErrors errors)
    {
        foreach (var mode in modes)
        {
            errors.OneOf(path, mode, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
        }

        if (modes.Contains("ReadWriteOncePod") && modes.Any(static mode => mode is "ReadOnlyMany" or "ReadWriteMany" or "ReadWriteOnce"))
        {
            errors.Forbidden(path, "may not use ReadWriteOncePod with other access modes");
        }
    }
}
