using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.SecurityContext")]
public sealed partial record SecurityContext
{
    /// <summary>Capabilities given and taken away.</summary>
    [Field(1)]
    public Capabilities? Capabilities { get; init; }

    /// <summary>Everything that root may do on the node.</summary>
    [Field(2)]
    public bool? Privileged { get; init; }

    /// <summary>SELinux context of the container.</summary>
    [Field(3)]
    public SELinuxOptions? SeLinuxOptions { get; init; }

    /// <summary>Settings for Windows.</summary>
    [Field(10)]
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }

    /// <summary>User that processes run as; the image's when left out.</summary>
    [Field(4)]
    public long? RunAsUser { get; init; }

    /// <summary>Group that processes run as; the runtime's choice when left out.</summary>
    [Field(8)]
    public long? RunAsGroup { get; init; }

    /// <summary>Refuse to start as user 0.</summary>
    [Field(5)]
    public bool? RunAsNonRoot { get; init; }

    /// <summary>The image's files cannot be changed.</summary>
    [Field(6)]
    public bool? ReadOnlyRootFilesystem { get; init; }

    /// <summary>Whether a process may get more rights than its parent has.</summary>
    [Field(7)]
    public bool? AllowPrivilegeEscalation { get; init; }

    /// <summary>What of /proc is hidden: Default, or nothing with Unmasked.</summary>
    [Field(9, Enum = ["Default", "Unmasked"])]
    public string? ProcMount { get; init; }

    /// <summary>Which system calls are allowed.</summary>
    [Field(11)]
    public SeccompProfile? SeccompProfile { get; init; }

    /// <summary>AppArmor profile of the processes.</summary>
    [Field(12)]
    public AppArmorProfile? AppArmorProfile { get; init; }

    internal void Validate(bool usesHostUsers, FieldPath path, FieldErrors errors)
    {
        errors.Id(path.Child("runAsUser"), RunAsUser);
        errors.Id(path.Child("runAsGroup"), RunAsGroup);
        if (ProcMount is not null)
        {
            errors.OneOf(path.Child("procMount"), ProcMount, "Default", "Unmasked");
            if (usesHostUsers && ProcMount == "Unmasked")
            {
                errors.Invalid(path.Child("procMount"), ProcMount, "`hostUsers` must be false to use `Unmasked`");
            }
        }

        SeccompProfile?.Validate(path.Child("seccompProfile"), errors);
        if (AllowPrivilegeEscalation == false)
        {
            ValidateEscalation(path, errors);
        }

        WindowsOptions?.Validate(path.Child("windowsOptions"), errors);
        AppArmorProfile?.Validate(path.Child("appArmorProfile"), errors);
    }

    private void ValidateEscalation(FieldPath path, FieldErrors errors)
    {
        if (Privileged == true)
        {
            errors.Invalid(path, GoText, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }

        foreach (var _ in (Capabilities?.Add ?? default).Where(static capability => capability == "CAP_SYS_ADMIN"))
        {
            errors.Invalid(path, GoText, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
        }
    }

    private Verbatim GoText => new("core.SecurityContext{" + string.Join(
        ", ",
        "Capabilities:" + GoSyntax.Pointer("core.Capabilities", Capabilities),
        "Privileged:" + GoSyntax.Pointer("bool", Privileged),
        "SELinuxOptions:" + GoSyntax.Pointer("core.SELinuxOptions", SeLinuxOptions),
        "WindowsOptions:" + GoSyntax.Pointer("core.WindowsSecurityContextOptions", WindowsOptions),
        "RunAsUser:" + GoSyntax.Pointer("int64", RunAsUser),
        "RunAsGroup:" + GoSyntax.Pointer("int64", RunAsGroup),
        "RunAsNonRoot:" + GoSyntax.Pointer("bool", RunAsNonRoot),
        "ReadOnlyRootFilesystem:" + GoSyntax.Pointer("bool", ReadOnlyRootFilesystem),
        "AllowPrivilegeEscalation:" + GoSyntax.Pointer("bool", AllowPrivilegeEscalation),
        "ProcMount:" + GoSyntax.Pointer("core.ProcMountType", ProcMount),
        "SeccompProfile:" + GoSyntax.Pointer("core.SeccompProfile", SeccompProfile),
        "AppArmorProfile:" + GoSyntax.Pointer("core.AppArmorProfile", AppArmorProfile)) + "}");
}
