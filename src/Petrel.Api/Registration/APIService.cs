using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Registration;

/// <summary>
/// Who serves a group and version: this server, or another one behind a service (kubernetes.io, "Kubernetes API Aggregation
/// Layer"). Its name is VERSION.GROUP.
/// </summary>
[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService")]
public sealed partial record APIService : ApiObject, IResource<APIService>, IHasStatus, IHasDefaults, IPrepared, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    /// <summary>Highest priority of a group.</summary>
    public const int GroupPriorityMax = 20000;

    /// <summary>Highest priority of a version in its group.</summary>
    public const int VersionPriorityMax = 1000;

    public static ResourceInfo Info { get; } = new("apiregistration.k8s.io", "v1", "APIService", "apiservices")
    {
        Categories = ["api-extensions"],
        Columns = APIServiceTable.Columns,
        Namespaced = false,
        NameRule = NameRules.PathSegment,
        StorageKey = "apiregistration.k8s.io/apiservices",
        Subresources = [new("status", Verbs.GetPatchUpdate) { ResetFields = ["metadata", "spec"] }],
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Who serves, and how much clients should prefer it.</summary>
    [Field(2, Always = true)]
    public APIServiceSpec Spec { get; init; } = APIServiceSpec.Empty;

    /// <summary>Whether it can be reached; written by the system.</summary>
    [Field(3, Always = true)]
    public APIServiceStatus Status { get; init; } = APIServiceStatus.Empty;

    /// <summary>Whether requests are passed on to another server.</summary>
    public bool IsRemote => Spec.Service is not null;

    /// <summary>The name that the object for a group and version has.</summary>
    public static string NameOf(string group, string version) => $"{version}.{group}";

    /// <inheritdoc/>
    public ApiObject WithDefaults() =>
        Spec.Service is { Port: null } service ? this with { Spec = Spec with { Service = service with { Port = ServiceReference.DefaultPort } } } : this;

    /// <summary>What this server serves itself can be used at once.</summary>
    public ApiObject PrepareForCreate() => this with
    {
        Status = IsRemote ? APIServiceStatus.Empty : new APIServiceStatus { Conditions = [APIServiceCondition.Local with { LastTransitionTime = Metadata.CreationTimestamp }] },
    };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => WithStatusOf(old);

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((APIService)other).Status };

    /// <inheritdoc/>
    public ApiObject PrepareForStatusUpdate(ApiObject old)
    {
        var known = (APIService)old;
        return this with
        {
            Metadata = Metadata with
            {
                Annotations = known.Metadata.Annotations,
                Finalizers = known.Metadata.Finalizers,
                Labels = known.Metadata.Labels,
                OwnerReferences = known.Metadata.OwnerReferences,
            },
            Spec = known.Spec,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => APIServiceTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        ValidateName(errors);
        Spec.Validate(FieldPath.Root.Child("spec"), errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => Status.Validate(FieldPath.Root.Child("status"), errors);

    private void ValidateName(FieldErrors errors)
    {
        var required = NameOf(Spec.Group, Spec.Version);
        var metadata = FieldPath.Root.Child("metadata");
        ValidateName(metadata.Child("generateName"), Metadata.GenerateName, required, errors);
        ValidateName(metadata.Child("name"), Metadata.Name, required, errors);
    }

    private static void ValidateName(FieldPath path, string name, string required, FieldErrors errors)
    {
        // What is empty or cannot stand in a path was refused before.
        if (name.Length != 0 && name != required && !NameRules.PathSegment(name, isPrefix: false).Any())
        {
            errors.Invalid(path, name, $"must be `spec.version+\".\"+spec.group`: {FieldErrors.Quote(required)}");
        }
    }
}

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec")]
public sealed partial record APIServiceSpec
{
    /// <summary>The service of the server that requests are passed on to, over HTTPS. Left out: this server serves itself.</summary>
    [Field(1)]
    public ServiceReference? Service { get; init; }

    /// <summary>The group; empty for the core group.</summary>
    [Field(2)]
    public string Group { get; init; } = "";

    /// <summary>The version, e.g. v1.</summary>
    [Field(3)]
    public string Version { get; init; } = "";

    /// <summary>Passes requests on to whoever answers. Give a caBundle instead.</summary>
    [Field(4)]
    public bool InsecureSkipTLSVerify { get; init; }

    /// <summary>Authorities, as PEM, by one of which the other server's certificate is signed; those of this machine when left out.</summary>
    [Field(5, ListType = "atomic")]
    public Binary CaBundle { get; init; }

    /// <summary>Priority that the group has at least, 1 to 20000: clients prefer the higher one, then the name that comes first.</summary>
    [Field(7, Required = true, Always = true)]
    public int GroupPriorityMinimum { get; init; }

    /// <summary>Priority among the versions of the group, 1 to 1000. Equal ones order as v2, v1, v1beta1, v1alpha1, then by name.</summary>
    [Field(8, Required = true, Always = true)]
    public int VersionPriority { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Group.Length == 0 && Version != "v1")
        {
            errors.Required(path.Child("group"), "only v1 may have an empty group and it better be legacy kube");
        }

        if (Group.Length > 0)
        {
            errors.DnsSubdomain(path.Child("group"), Group);
        }

        errors.InvalidAll(path.Child("version"), Version, NameFormats.Dns1035Label(Version));
        ValidatePriority(path.Child("groupPriorityMinimum"), GroupPriorityMinimum, APIService.GroupPriorityMax, errors);
        ValidatePriority(path.Child("versionPriority"), VersionPriority, APIService.VersionPriorityMax, errors);
        if (Service is null)
        {
            ValidateLocal(path, errors);
            return;
        }

        Service.Validate(path.Child("service"), errors);
        if (InsecureSkipTLSVerify && CaBundle.Length > 0)
        {
            errors.Invalid(path.Child("insecureSkipTLSVerify"), InsecureSkipTLSVerify, "may not be true if caBundle is present");
        }
    }

    private void ValidateLocal(FieldPath path, FieldErrors errors)
    {
        if (CaBundle.Length > 0)
        {
            errors.Invalid(path.Child("caBundle"), $"{CaBundle.Length} bytes", "local APIServices may not have a caBundle");
        }

        if (InsecureSkipTLSVerify)
        {
            errors.Invalid(path.Child("insecureSkipTLSVerify"), InsecureSkipTLSVerify, "local APIServices may not have insecureSkipTLSVerify");
        }
    }

    private static void ValidatePriority(FieldPath path, int priority, int max, FieldErrors errors)
    {
        if (priority <= 0 || priority > max)
        {
            errors.Invalid(path, priority, $"must be positive and less than {max}");
        }
    }
}

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference")]
public sealed partial record ServiceReference
{
    /// <summary>Where extension servers listen unless they say otherwise.</summary>
    public const int DefaultPort = 443;

    /// <summary>Namespace of the service.</summary>
    [Field(1)]
    public string Namespace { get; init; } = "";

    /// <summary>Name of the service.</summary>
    [Field(2)]
    public string Name { get; init; } = "";

    /// <summary>The service's port, 443 when left out.</summary>
    [Field(3)]
    public int? Port { get; init; }

    /// <summary>The port that requests go to.</summary>
    public int EffectivePort => Port ?? DefaultPort;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("namespace"), Namespace);
        errors.NotEmpty(path.Child("name"), Name);
        if (EffectivePort is < 1 or > 65535)
        {
            errors.Invalid(path.Child("port"), EffectivePort, "port is not valid: must be between 1 and 65535, inclusive");
        }
    }
}

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus")]
public sealed partial record APIServiceStatus
{
    /// <summary>State of the server, one entry for each aspect.</summary>
    [Field(1, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<APIServiceCondition> Conditions { get; init; }

    /// <summary>Whether requests can be passed on, if that is known.</summary>
    public APIServiceCondition? Availability => Conditions.FirstOrDefault(static condition => condition.Type == APIServiceCondition.Available);

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < Conditions.Count; i++)
        {
            errors.OneOf(path.Child("conditions").Index(i).Child("status"), Conditions[i].Status, "True", "False", "Unknown");
        }
    }
}

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition")]
public sealed partial record APIServiceCondition
{
    /// <summary>The type of the condition that says whether the server answers.</summary>
    public const string Available = "Available";

    /// <summary>That of what this server serves itself, but for the time.</summary>
    public static APIServiceCondition Local { get; } =
        new() { Type = Available, Status = "True", Reason = "Local", Message = "Local APIServices are always available" };

    /// <summary>What the condition is about: Available.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>When the status last changed.</summary>
    [Field(3, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(4)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(5)]
    public string Message { get; init; } = "";
}
