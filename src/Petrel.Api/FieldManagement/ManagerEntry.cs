using System.Globalization;
using Petrel.Api.Json;
using Petrel.Api.Meta;

namespace Petrel.Api.FieldManagement;

/// <summary>
/// One manager and what it owns. A manager is told by its name, operation and subresource, and an updating one by its version as well.
/// </summary>
internal sealed record ManagerEntry(string Manager, string Operation, string ApiVersion, string Subresource, DateTimeOffset? Time, FieldSet Set)
{
    public const string Apply = "Apply";
    public const string Update = "Update";
    public const string FieldsType = "FieldsV1";

    // The FieldsV1 that the set was read from; written again where the set has not changed.
    private readonly (RawJson? Raw, FieldSet? Set) _source;

    public bool IsApplier => Operation == Apply;

    public static bool TryRead(ManagedFieldsEntry entry, out ManagerEntry? manager)
    {
        manager = null;
        if (entry.Operation is not (Apply or Update) || entry.ApiVersion.Length == 0 || entry.FieldsType != FieldsType)
        {
            return false;
        }

        FieldSet? set = FieldSet.Empty;
        if (entry.FieldsV1 is not null && !FieldSet.TryParse(entry.FieldsV1, out set))
        {
            return false;
        }

        manager = new ManagerEntry(entry.Manager, entry.Operation, entry.ApiVersion, entry.Subresource, entry.Time, set, entry.FieldsV1);
        return true;
    }

    private ManagerEntry(string manager, string operation, string apiVersion, string subresource, DateTimeOffset? time, FieldSet set, RawJson? source)
        : this(manager, operation, apiVersion, subresource, time, set) => _source = (source, set);

    public bool IsSameManager(ManagerEntry other) =>
        Manager == other.Manager && Operation == other.Operation && Subresource == other.Subresource && (IsApplier || ApiVersion == other.ApiVersion);

    public ManagedFieldsEntry ToEntry() => new()
    {
        Manager = Manager,
        Operation = Operation,
        ApiVersion = ApiVersion,
        Time = Time,
        FieldsType = FieldsType,
        FieldsV1 = _source.Raw is not null && ReferenceEquals(_source.Set, Set) ? _source.Raw : Set.ToFieldsV1(),
        Subresource = Subresource,
    };

    /// <summary>The order of metadata.managedFields: appliers first, then by whole second, then by name.</summary>
    public static int CompareInList(ManagerEntry left, ManagerEntry right)
    {
        var order = string.CompareOrdinal(left.Operation, right.Operation);
        order = order != 0 ? order : left.Seconds.CompareTo(right.Seconds);
        order = order != 0 ? order : Utf8Order.Compare(left.Manager, right.Manager);
        order = order != 0 ? order : string.CompareOrdinal(left.ApiVersion, right.ApiVersion);
        return order != 0 ? order : string.CompareOrdinal(left.Subresource, right.Subresource);
    }

    /// <summary>Whole seconds since 1970; 0 without a time.</summary>
    public long Seconds => Time?.ToUnixTimeSeconds() ?? 0;

    /// <summary>The manager as conflict messages name it.</summary>
    public string Describe()
    {
        var name = new JsonText(Manager).ToString();
        var subresource = Subresource.Length > 0 ? $" with subresource \"{Subresource}\"" : string.Empty;
        return IsApplier ? name + subresource : string.Create(CultureInfo.InvariantCulture, $"{name}{subresource} using {ApiVersion}");
    }
}
