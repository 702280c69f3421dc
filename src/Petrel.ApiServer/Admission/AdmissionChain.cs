using Petrel.Api;
using Petrel.Api.FieldManagement;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission;

/// <summary>The admission plugins in the order in which a write passes them: all mutating ones, then all validating ones.</summary>
public sealed class AdmissionChain
{
    private readonly IReadOnlyList<IMutatingAdmission> _mutating;
    private readonly IReadOnlyList<IValidatingAdmission> _validating;
    private readonly AdmissionPass _mutatingPass;
    private readonly AdmissionPass _validatingPass;

    /// <summary>The plugins in order; one that both changes and judges is asked in both passes.</summary>
    internal AdmissionChain(IReadOnlyList<IAdmissionPlugin> plugins, AdmissionMetrics metrics)
    {
        (_mutating, _validating) = ([.. plugins.OfType<IMutatingAdmission>()], [.. plugins.OfType<IValidatingAdmission>()]);
        (_mutatingPass, _validatingPass) = (metrics.Pass("admit", _mutating), metrics.Pass("validate", _validating));
    }

    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        var managers = request.Object?.Metadata.ManagedFields ?? default;
        await RoundAsync(request, cancellationToken);
        if (request.Reinvocation.IsWanted)
        {
            request.Reinvocation.Begin();
            await RoundAsync(request, cancellationToken);
        }

        KeepReadable(request, managers);
    });

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) => RunAsync(() =>
        _validatingPass.RunAsync(request.Operation, i => _validating[i].ValidateAsync(request, cancellationToken)));

    // Who wants to see the object in a version in which it is not to be had cannot be asked.
    private static async ValueTask RunAsync(Func<ValueTask> run)
    {
        try
        {
            await run();
        }
        catch (ConversionException unconverted)
        {
            throw new StatusException(Statuses.InternalError(unconverted.Message));
        }
    }

    private ValueTask RoundAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        _mutatingPass.RunAsync(request.Operation, i => _mutating[i].AdmitAsync(request, cancellationToken));

    /// <summary>A plugin may change who manages which field, but not so that nobody can read it any more.</summary>
    private static void KeepReadable(AdmissionRequest request, ApiList<ManagedFieldsEntry> before)
    {
        if (request.Object is not { } value || value.Metadata.ManagedFields == before || ManagersCheck.Problem(value.Metadata.ManagedFields) is not { } problem)
        {
            return;
        }

        request.Object = value with { Metadata = value.Metadata with { ManagedFields = before } };
        request.Warn($".metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating admission controller; please fix your requests: {problem}");
    }
}
