using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.FlowControl;

/// <summary>Who makes a request: a user, the members of a group, or a service account.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.Subject", Discriminator = "kind")]
public sealed partial record Subject
{
    public const string UserKind = "User";

    public const string GroupKind = "Group";

    public const string ServiceAccountKind = "ServiceAccount";

    /// <summary>User, Group or ServiceAccount: which of the other fields is set.</summary>
    [Field(1, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>The user.</summary>
    [Field(2)]
    public UserSubject? User { get; init; }

    /// <summary>The group.</summary>
    [Field(3)]
    public GroupSubject? Group { get; init; }

    /// <summary>The service account.</summary>
    [Field(4)]
    public ServiceAccountSubject? ServiceAccount { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        switch (Kind)
        {
            case ServiceAccountKind:
                ValidateAccount(path.Child("serviceAccount"), errors);
                break;
            case UserKind:
                ValidateName(User?.Name, path.Child("user"), "user", errors);
                break;
            case GroupKind:
                ValidateName(Group?.Name, path.Child("group"), "group", errors);
                break;
            default:
                errors.NotSupported(path.Child("kind"), Kind, [GroupKind, ServiceAccountKind, UserKind]);
                return;
        }

        ForbidUnlessKind(ServiceAccountKind, ServiceAccount is not null, path.Child("serviceAccount"), "serviceAccount", errors);
        ForbidUnlessKind(UserKind, User is not null, path.Child("user"), "user", errors);
        ForbidUnlessKind(GroupKind, Group is not null, path.Child("group"), "group", errors);
    }

    private void ForbidUnlessKind(string kind, bool isSet, FieldPath path, string field, FieldErrors errors)
    {
        if (isSet && Kind != kind)
        {
            errors.Forbidden(path, $"{field} is forbidden when subject kind is not '{kind}'");
        }
    }

    private void ValidateName(string? name, FieldPath path, string field, FieldErrors errors)
    {
        if (name is null)
        {
            errors.Required(path, $"{field} is required when subject kind is '{Kind}'");
        }
        else
        {
            errors.NotEmpty(path.Child("name"), name);
        }
    }

    private void ValidateAccount(FieldPath path, FieldErrors errors)
    {
        if (ServiceAccount is not { } account)
        {
            errors.Required(path, $"serviceAccount is required when subject kind is '{Kind}'");
            return;
        }

        if (errors.NotEmpty(path.Child("name"), account.Name) && account.Name != RuleVerbs.All)
        {
            errors.DnsSubdomain(path.Child("name"), account.Name);
        }

        if (errors.NotEmpty(path.Child("namespace"), account.Namespace, "must specify namespace for service account"))
        {
            errors.DnsLabel(path.Child("namespace"), account.Namespace);
        }
    }
}

[ApiType("io.k8s.api.flowcontrol.v1.UserSubject")]
public sealed partial record UserSubject
{
    /// <summary>Name of the user; * for all.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";
}

[ApiType("io.k8s.api.flowcontrol.v1.GroupSubject")]
public sealed partial record GroupSubject
{
    /// <summary>Name of the group; * for all.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";
}

[ApiType("io.k8s.api.flowcontrol.v1.ServiceAccountSubject")]
public sealed partial record ServiceAccountSubject
{
    /// <summary>Namespace of the account.</summary>
    [Field(1, Required = true, Always = true)]
    public string Namespace { get; init; } = "";

    /// <summary>Name of the account; * for all of the namespace.</summary>
    [Field(2, Required = true, Always = true)]
    public string Name { get; init; } = "";
}
