using Petrel.Api.ApiExtensions.Schemas;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions;

/// <summary>
/// Rules for definitions. Upstream keeps what all versions agree on once, beside the versions, and tells errors there:
/// <c>spec.validation</c> instead of <c>spec.versions[0].schema</c>.
/// </summary>
internal static class CustomResourceDefinitionValidation
{
    private const string Cluster = "Cluster";
    private const string Namespaced = "Namespaced";

    public static void Validate(CustomResourceDefinition definition, FieldErrors errors)
    {
        var required = $"{definition.Spec.Names.Plural}.{definition.Spec.Group}";
        if (definition.Metadata.Name.Length > 0 && definition.Metadata.Name != required)
        {
            errors.Invalid(FieldPath.Root.Child("metadata", "name"), definition.Metadata.Name, "must be spec.names.plural+\".\"+spec.group");
        }

        ValidateSpec(definition.Spec, null, errors);
        ValidateStatus(definition.Status, errors);
        ValidateStoredVersions(definition, errors);
        ApiApproval.Validate(definition, null, errors);
        ValidatePreserveUnknownFields(definition, errors);
    }

    public static void ValidateUpdate(CustomResourceDefinition definition, CustomResourceDefinition old, FieldErrors errors)
    {
        ValidateSpec(definition.Spec, old, errors);
        var (spec, path) = (definition.Spec, FieldPath.Root.Child("spec"));
        if (old.Status.IsTrue(CustomResourceDefinitionCondition.Established))
        {
            errors.Immutable(path.Child("scope"), spec.Scope, old.Spec.Scope);
            errors.Immutable(path.Child("names", "kind"), spec.Names.Kind, old.Spec.Names.Kind);
        }

        errors.Immutable(path.Child("group"), spec.Group, old.Spec.Group);
        errors.Immutable(path.Child("names", "plural"), spec.Names.Plural, old.Spec.Names.Plural);
        ValidateStatus(definition.Status, errors);
        ValidateStoredVersions(definition, errors);
        ApiApproval.Validate(definition, old, errors);
        if (!old.Spec.PreserveUnknownFields)
        {
            ValidatePreserveUnknownFields(definition, errors);
        }
    }

    public static void ValidateStatus(CustomResourceDefinitionStatus status, FieldErrors errors) =>
        ValidateNames(status.AcceptedNames, FieldPath.Root.Child("status", "acceptedNames"), errors);

    private static void ValidatePreserveUnknownFields(CustomResourceDefinition definition, FieldErrors errors)
    {
        if (definition.Spec.PreserveUnknownFields)
        {
            errors.Invalid(
                FieldPath.Root.Child("spec", "preserveUnknownFields"), true, "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
        }
    }

    private static void ValidateSpec(CustomResourceDefinitionSpec spec, CustomResourceDefinition? old, FieldErrors errors)
    {
        var path = FieldPath.Root.Child("spec");
        var shared = SharedParts.Of(spec);
        ValidateGroup(spec.Group, path.Child("group"), errors);
        if (errors.NotEmpty(path.Child("scope"), spec.Scope))
        {
            errors.OneOf(path.Child("scope"), spec.Scope, Cluster, Namespaced);
        }

        ValidateSchemasAreThere(spec, shared, path.Child("versions"), errors);
        ValidateVersions(spec, shared, old?.Spec, path, errors);
        ValidateRequiredNames(spec.Names, path.Child("names"), errors);
        ValidateNames(spec.Names, path.Child("names"), errors);
        var before = old?.Spec ?? CustomResourceDefinitionSpec.Empty;
        ValidateSchema((shared.Validation, HasStatus(spec.Versions)), (SharedParts.Of(before).Validation, HasStatus(before.Versions)), path.Child("validation"), errors);
        SubresourceValidation.Validate(shared.Subresources, path.Child("subresources"), errors);
        PrinterColumnValidation.Validate(shared.Columns, path.Child("additionalPrinterColumns"), errors);
        if (!shared.SelectableFields.IsEmpty)
        {
            if (shared.Validation is null)
            {
                errors.Invalid(path.Child("selectableFields"), "", "selectableFields may only be set when validations.schema is included");
            }
            else
            {
                SelectableFieldValidation.Validate(shared.SelectableFields, shared.Validation.OpenAPIV3Schema, path.Child("selectableFields"), errors);
            }
        }

        if (spec is { PreserveUnknownFields: true, Conversion.Strategy: not "None" })
        {
            errors.Invalid(path.Child("conversion", "strategy"), spec.Conversion.Strategy, "must be None if spec.preserveUnknownFields is true");
        }

        ConversionValidation.Validate(spec.Conversion, old, path.Child("conversion"), errors);
    }

    private static void ValidateGroup(string group, FieldPath path, FieldErrors errors)
    {
        if (!errors.NotEmpty(path, group))
        {
            return;
        }

        if (Joined(NameFormats.DnsSubdomain(group)) is { } problem)
        {
            errors.Invalid(path, group, problem);
        }
        else if (!group.Contains('.', StringComparison.Ordinal))
        {
            errors.Invalid(path, group, "should be a domain with at least one dot");
        }
    }

    private static void ValidateSchemasAreThere(CustomResourceDefinitionSpec spec, SharedParts shared, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; shared.Validation?.OpenAPIV3Schema is null && i < spec.Versions.Count; i++)
        {
            if (spec.Versions[i].Validation?.OpenAPIV3Schema is null)
            {
                errors.Required(path.Index(i).Child("schema", "openAPIV3Schema"), "schemas are required");
            }
        }
    }

    private static void ValidateVersions(CustomResourceDefinitionSpec spec, SharedParts shared, CustomResourceDefinitionSpec? old, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var (isUnique, storageCount) = (true, 0);
        for (var i = 0; i < spec.Versions.Count; i++)
        {
            var (version, place) = (spec.Versions[i], path.Child("versions").Index(i));
            storageCount += version.Storage ? 1 : 0;
            isUnique &= names.Add(version.Name);
            ValidateVersionName(version.Name, place.Child("name"), errors);
            ValidateVersion(shared.RestOf(version), version, old, place, errors);
        }

        if (!isUnique)
        {
            errors.InvalidPlain(path.Child("versions"), shared.Print(spec.Versions), "must contain unique version names");
        }

        if (storageCount != 1)
        {
            errors.InvalidPlain(path.Child("versions"), shared.Print(spec.Versions), "must have exactly one version marked as storage version");
        }

        // The name that upstream keeps in the field from before there were several versions.
        if (!spec.Versions.IsEmpty && spec.Versions[0].Name.Length > 0)
        {
            ValidateVersionName(spec.Versions[0].Name, path.Child("version"), errors);
        }
    }

    private static void ValidateVersion(CustomResourceDefinitionVersion version, CustomResourceDefinitionVersion whole, CustomResourceDefinitionSpec? old, FieldPath path, FieldErrors errors)
    {
        ValidateDeprecationWarning(version, path.Child("deprecationWarning"), errors);
        var before = old?.Versions.FirstOrDefault(candidate => candidate.Name == version.Name);
        ValidateSchema((version.Validation, HasStatus([whole])), (before?.Validation, before is not null && HasStatus([before])), path.Child("schema"), errors);
        SubresourceValidation.Validate(version.Subresources, path.Child("subresources"), errors);
        PrinterColumnValidation.Validate(version.AdditionalPrinterColumns, path.Child("additionalPrinterColumns"), errors);
        if (version.SelectableFields.IsEmpty)
        {
            return;
        }

        if (version.Validation?.OpenAPIV3Schema is null)
        {
            errors.Invalid(path.Child("selectableFields"), "", "selectableFields may only be set when version.schema.openAPIV3Schema is not included");
        }
        else
        {
            SelectableFieldValidation.Validate(version.SelectableFields, version.Validation.OpenAPIV3Schema, path.Child("selectableFields"), errors);
        }
    }

    private static void ValidateVersionName(string name, FieldPath path, FieldErrors errors)
    {
        if (Joined(NameFormats.Dns1035Label(name)) is { } problem)
        {
            errors.Invalid(path, name, problem);
        }
    }

    private static void ValidateDeprecationWarning(CustomResourceDefinitionVersion version, FieldPath path, FieldErrors errors)
    {
        const int BytesMax = 256;
        if (version.DeprecationWarning is not { } warning)
        {
            return;
        }

        if (!version.Deprecated)
        {
            errors.Invalid(path, warning, "can only be set for deprecated versions");
        }

        if (NameFormats.Bytes(warning) > BytesMax)
        {
            errors.Invalid(path, warning, FormattableString.Invariant($"must be <= {BytesMax} characters long"));
        }

        if (warning.Length == 0)
        {
            errors.Invalid(path, warning, "must not be an empty string");
        }

        var index = 0;
        foreach (var rune in warning.EnumerateRunes())
        {
            if (!GoSyntax.IsPrintable(rune))
            {
                errors.Invalid(path, warning, FormattableString.Invariant($"must only contain printable UTF-8 characters; non-printable character found at index {index}"));
                break;
            }

            index += rune.Utf8SequenceLength;
        }
    }

    private static bool HasStatus(IEnumerable<CustomResourceDefinitionVersion> versions) => versions.Any(static version => version.Subresources?.Status is not null);

    // A schema that an update leaves alone was found to be good before, but a status asks more of it.
    private static void ValidateSchema(
        (CustomResourceValidation? Validation, bool HasStatus) now, (CustomResourceValidation? Validation, bool HasStatus) old, FieldPath path, FieldErrors errors)
    {
        if (now.Validation?.OpenAPIV3Schema is { } schema && (now.Validation != old.Validation || (now.HasStatus && !old.HasStatus)))
        {
            SchemaValidation.Validate(schema, now.HasStatus, path.Child("openAPIV3Schema"), errors);
        }
    }

    private static void ValidateRequiredNames(CustomResourceDefinitionNames names, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("plural"), names.Plural);
        errors.NotEmpty(path.Child("singular"), names.Singular);
        errors.NotEmpty(path.Child("kind"), names.Kind);
        errors.NotEmpty(path.Child("listKind"), names.ListKind);
    }

    private static void ValidateNames(CustomResourceDefinitionNames names, FieldPath path, FieldErrors errors)
    {
        ValidateName(names.Plural, path.Child("plural"), errors);
        ValidateName(names.Singular, path.Child("singular"), errors);
        ValidateKind(names.Kind, path.Child("kind"), errors);
        ValidateKind(names.ListKind, path.Child("listKind"), errors);
        for (var i = 0; i < names.ShortNames.Count; i++)
        {
            ValidateVersionName(names.ShortNames[i], path.Child("shortNames").Index(i), errors);
        }

        if (names.Kind.Length > 0 && names.Kind == names.ListKind)
        {
            errors.Invalid(path.Child("listKind"), names.ListKind, "kind and listKind may not be the same");
        }

        for (var i = 0; i < names.Categories.Count; i++)
        {
            ValidateVersionName(names.Categories[i], path.Child("categories").Index(i), errors);
        }
    }

    private static void ValidateName(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length > 0)
        {
            ValidateVersionName(name, path, errors);
        }
    }

    private static void ValidateKind(string kind, FieldPath path, FieldErrors errors)
    {
        if (kind.Length > 0 && Joined(NameFormats.Dns1035Label(kind.ToLowerInvariant())) is { } problem)
        {
            errors.Invalid(path, kind, "may have mixed case, but should otherwise match: " + problem);
        }
    }

    private static void ValidateStoredVersions(CustomResourceDefinition definition, FieldErrors errors)
    {
        var (stored, path) = (definition.Status.StoredVersions, FieldPath.Root.Child("status", "storedVersions"));
        if (stored.IsEmpty)
        {
            errors.Invalid(path, GoSyntax.Strings(stored), "must have at least one stored version");
        }

        foreach (var version in definition.Spec.Versions.Where(version => version.Storage && !stored.IsEmpty && !stored.Contains(version.Name)))
        {
            errors.Invalid(path, GoSyntax.Strings(stored), "must have the storage version " + version.Name);
        }

        for (var i = 0; i < stored.Count; i++)
        {
            var name = stored[i];
            if (definition.Spec.Versions.All(version => version.Name != name))
            {
                errors.Invalid(path.Index(i), name, $"missing from spec.versions; {name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in {name} and removes {name} from status.storedVersions");
            }
        }
    }

    private static string? Joined(IEnumerable<string> problems)
    {
        var text = string.Join(",", problems);
        return text.Length == 0 ? null : text;
    }
}
