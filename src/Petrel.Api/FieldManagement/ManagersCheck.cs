using System.Globalization;
using Petrel.Api.Meta;
using Petrel.Api.Validation;

namespace Petrel.Api.FieldManagement;

/// <summary>Whether metadata.managedFields can be read by who is going to bring it up to date.</summary>
public static class ManagersCheck
{
    /// <summary>Why metadata.managedFields cannot be read, in upstream's words; null when it can.</summary>
    public static string? Problem(ApiList<ManagedFieldsEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry.Operation is not ("Apply" or "Update"))
            {
                return "operation must be `Apply` or `Update`";
            }

            if (entry.ApiVersion.Length == 0)
            {
                return "apiVersion must not be empty";
            }

            if (entry.FieldsType != ManagerEntry.FieldsType)
            {
                return entry.FieldsType.Length == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"missing fieldsType in managed fields entry {i}")
                    : string.Create(CultureInfo.InvariantCulture, $"invalid fieldsType {GoSyntax.Quote(entry.FieldsType)} in managed fields entry {i}");
            }

            if (!ManagerEntry.TryRead(entry, out _))
            {
                return $"error decoding versioned set of manager {GoSyntax.Quote(entry.Manager)}";
            }
        }

        return null;
    }
}
