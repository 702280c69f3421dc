using System.Globalization;
using System.Text.Json;
using Petrel.Api.Core;
using Petrel.Api.Json;

namespace Petrel.Api.Schema.GoDifferences;

/// <summary>
/// Makes the Go value of an object of the core group: its fields in the order and under the names of upstream's internal
/// structs, which differ from the API's where this file says so.
/// </summary>
internal static class GoValues
{
    // The internal struct of a pod's spec has these in another order, and keeps the use of the host's namespaces in the security context.
    private static readonly string[] PodSpecFields =
    [
        "volumes", "initContainers", "containers", "ephemeralContainers", "restartPolicy", "terminationGracePeriodSeconds", "activeDeadlineSeconds",
        "dnsPolicy", "nodeSelector", "serviceAccountName", "automountServiceAccountToken", "nodeName", "securityContext", "imagePullSecrets", "hostname",
        "subdomain", "setHostnameAsFQDN", "affinity", "schedulerName", "tolerations", "hostAliases", "priorityClassName", "priority", "preemptionPolicy",
        "dnsConfig", "readinessGates", "runtimeClassName", "overhead", "enableServiceLinks", "topologySpreadConstraints", "os", "schedulingGates",
        "resourceClaims", "resources",
    ];

    private static readonly string[] HostFields = ["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers"];

    private static readonly string[] PodSecurityContextFields =
    [
        "seLinuxOptions", "windowsOptions", "runAsUser", "runAsGroup", "runAsNonRoot", "supplementalGroups", "supplementalGroupsPolicy", "fsGroup",
        "fsGroupChangePolicy", "sysctls", "seccompProfile", "appArmorProfile", "seLinuxChangePolicy",
    ];

    private static readonly string[] PersistentVolumeSources =
    [
        "gcePersistentDisk", "awsElasticBlockStore", "hostPath", "glusterfs", "nfs", "rbd", "quobyte", "iscsi", "flexVolume", "cinder", "cephfs", "fc",
        "flocker", "azureFile", "vsphereVolume", "azureDisk", "photonPersistentDisk", "portworxVolume", "scaleIO", "local", "storageos", "csi",
    ];

    public static GoValue Of<T>(T value) where T : IApiType<T> => WithRoot(value, static root => Struct(T.Schema, root, null));

    /// <summary>The source of a persistent volume, which the API shows among the other fields of its spec.</summary>
    public static GoValue SourceOf<T>(T spec) where T : IApiType<T> =>
        WithRoot(spec, static root => new GoStruct("core.PersistentVolumeSource", Fields(T.Schema, root, PersistentVolumeSources)));

    private static GoValue WithRoot<T>(T value, Func<JsonElement, GoValue> make) where T : IApiType<T>
    {
        using var json = JsonDocument.Parse(JsonEncoding.Encode(value), new JsonDocumentOptions { MaxDepth = JsonEncoding.WriterOptions.MaxDepth });
        return make(json.RootElement);
    }

    private static GoStruct Struct(TypeSchema schema, JsonElement? value, JsonElement? parent) => new(TypeName(schema), schema.ShortName switch
    {
        "PodSpec" => Fields(schema, value, PodSpecFields),
        "PodSecurityContext" => [.. HostUse(parent), .. Fields(schema, value, PodSecurityContextFields)],
        _ => Fields(schema, value),
    });

    private static IReadOnlyList<(string Name, GoValue Value)> HostUse(JsonElement? pod) => pod is null ? [] : Fields(PodSpec.Schema, pod, HostFields);

    private static IReadOnlyList<(string Name, GoValue Value)> Fields(TypeSchema schema, JsonElement? value, IEnumerable<string> names) =>
        [.. names.Select(name => Field(schema, schema.Find(name) ?? throw new InvalidOperationException($"{schema.Name} has no field {name}"), value))];

    private static List<(string Name, GoValue Value)> Fields(TypeSchema schema, JsonElement? value)
    {
        var fields = new List<(string, GoValue)>();
        for (var i = 0; i < schema.Fields.Count;)
        {
            var inside = schema.Fields[i].Inside;
            if (inside == 0)
            {
                fields.Add(Field(schema, schema.Fields[i++], value));
                continue;
            }

            var embedded = new List<(string, GoValue)>();
            for (; i < schema.Fields.Count && schema.Fields[i].Inside == inside; i++)
            {
                embedded.Add(Field(schema, schema.Fields[i], value));
            }

            fields.Add((GoNames.Embedded(schema), new GoStruct("core." + GoNames.Embedded(schema), embedded)));
        }

        return fields;
    }

    private static (string Name, GoValue Value) Field(TypeSchema schema, FieldSchema field, JsonElement? parent)
    {
        JsonElement? value = parent is { } present && present.TryGetProperty(field.Name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;
        var type = GoNames.Type(schema, field).Replace("v1.", "core.", StringComparison.Ordinal);
        return (GoNames.Field(schema, field), field.Collection switch
        {
            Collection.List => new GoSlice("[]" + type, value is { } list && list.GetArrayLength() > 0 ? [.. list.EnumerateArray().Select(item => Value(field, item, null))] : null),
            Collection.None when field.Nullable => Pointer(field, value, parent),
            Collection.None => Value(field, value, parent),
            _ => Map(field, type, value),
        });
    }

    private static GoPointer Pointer(FieldSchema field, JsonElement? value, JsonElement? parent) =>
        value is null ? new GoPointer(null)
        : new GoPointer(Value(field, value, parent), field.Element?.ShortName == "LabelSelector" ? Description(value.Value) : null);

    private static GoMap Map(FieldSchema field, string type, JsonElement? value)
    {
        var isAmounts = field.Kind == FieldKind.Quantity;
        return new GoMap(isAmounts ? "core.ResourceList" : $"map[string]{type}", value is not { } map || !map.EnumerateObject().Any() ? null
            : [.. map.EnumerateObject().OrderBy(static entry => entry.Name, Utf8Order.Comparer)
                .Select(entry => ((isAmounts ? "s" : "") + GoLayout.Quote(entry.Name), Value(field, entry.Value, null)))]);
    }

    private static GoValue Value(FieldSchema field, JsonElement? value, JsonElement? parent) => field.Kind switch
    {
        FieldKind.Object => Struct(field.Element!, value, parent),
        FieldKind.Boolean => Number(value?.GetRawText() ?? "false", "false"),
        FieldKind.Int32 or FieldKind.Int64 or FieldKind.Double => Number(value?.GetRawText() ?? "0", "0"),
        FieldKind.Quantity => Amount(value?.GetString()),
        FieldKind.IntOrString => NumberOrText(value),
        FieldKind.Raw => new GoScalar(value?.GetRawText() ?? "", IsText: true, value is null),
        _ => Text(value?.GetString() ?? ""),
    };

    private static GoScalar Number(string text, string zero) => new(text, IsText: false, text == zero);

    private static GoScalar Text(string text) => new(text, IsText: true, text.Length == 0);

    private static GoStruct Amount(string? text)
    {
        var quantity = text is null ? Quantity.Zero : Quantity.Parse(text);
        return new GoStruct(
            "resource.Quantity",
            [
                ("i", new GoStruct("resource.int64Amount", [
                    ("value", Number(quantity.Amount.Unscaled.ToString(CultureInfo.InvariantCulture), "0")),
                    ("scale", Number(quantity.Amount.Scale.ToString(CultureInfo.InvariantCulture), "0"))])),
                ("s", Text(text is null ? "" : quantity.ToString())),
                ("Format", Text(text is null ? "" : quantity.Format.ToString())),
            ],
            IsWhole: true);
    }

    private static GoStruct NumberOrText(JsonElement? value)
    {
        var isText = value is { ValueKind: JsonValueKind.String };
        return new GoStruct("intstr.IntOrString", [
            ("Type", Number(isText ? "1" : "0", "0")),
            ("IntVal", Number(isText ? "0" : value?.GetRawText() ?? "0", "0")),
            ("StrVal", Text(isText ? value!.Value.GetString()! : ""))]);
    }

    // The String method that upstream's protobuf generator writes.
    private static string Description(JsonElement selector)
    {
        var labels = selector.TryGetProperty("matchLabels", out var map)
            ? string.Concat(map.EnumerateObject().OrderBy(static entry => entry.Name, Utf8Order.Comparer).Select(static entry => $"{entry.Name}: {entry.Value.GetString()},")) : "";
        var expressions = selector.TryGetProperty("matchExpressions", out var list) ? string.Concat(list.EnumerateArray().Select(static each =>
            $"LabelSelectorRequirement{{Key:{TextOf(each, "key")},Operator:{TextOf(each, "operator")},Values:[{ValuesOf(each)}],}},")) : "";
        return $"&LabelSelector{{MatchLabels:map[string]string{{{labels}}},MatchExpressions:[]LabelSelectorRequirement{{{expressions}}},}}";

        static string TextOf(JsonElement each, string name) => each.TryGetProperty(name, out var text) ? text.GetString()! : "";
        static string ValuesOf(JsonElement each) => each.TryGetProperty("values", out var values) ? string.Join(' ', values.EnumerateArray().Select(static value => value.GetString())) : "";
    }

    private static string TypeName(TypeSchema schema) =>
        schema.Name.Contains(".meta.v1.", StringComparison.Ordinal) ? schema.GoName : "core." + schema.ShortName;
}
