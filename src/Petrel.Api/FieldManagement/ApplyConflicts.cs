using System.Globalization;
using Petrel.Api.Patch;

namespace Petrel.Api.FieldManagement;

/// <summary>The refusal of an apply that would change what others own.</summary>
internal static class ApplyConflicts
{
    private const string Reason = "FieldManagerConflict";

    public static PatchFailure ToFailure(List<(ManagerEntry Manager, FieldSet Fields)> conflicts)
    {
        var causes = conflicts.SelectMany(static conflict => conflict.Fields.Describe().Select(path =>
            new PatchFailureCause(Reason, $"conflict with {conflict.Manager.Describe()}", path))).ToList();
        return new PatchFailure(409, "Conflict", Message(conflicts, causes)) { Causes = causes };
    }

    private static string Message(List<(ManagerEntry Manager, FieldSet Fields)> conflicts, List<PatchFailureCause> causes)
    {
        if (causes.Count == 1)
        {
            return $"Apply failed with 1 conflict: {causes[0].Message}: {causes[0].Field}";
        }

        var lines = conflicts.SelectMany(static conflict =>
            conflict.Fields.Describe().Select(static path => $"- {path}").Prepend($"conflicts with {conflict.Manager.Describe()}:"));
        return string.Create(CultureInfo.InvariantCulture, $"Apply failed with {causes.Count} conflicts: {string.Join('\n', lines)}");
    }
}
