namespace Petrel.ApiServer.Admission;

/// <summary>The admission plugins in the order in which a write passes them: all mutating ones, then all validating ones.</summary>
public sealed class AdmissionChain(IReadOnlyList<IMutatingAdmission> mutating, IReadOnlyList<IValidatingAdmission> validating)
{
    /// <summary>The plugins in order; one that both changes and judges is asked in both passes.</summary>
    public AdmissionChain(IReadOnlyList<IAdmissionPlugin> plugins)
        : this([.. plugins.OfType<IMutatingAdmission>()], [.. plugins.OfType<IValidatingAdmission>()])
    {
    }

    public async ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var plugin in mutating)
        {
            await plugin.AdmitAsync(request, cancellationToken);
        }
    }

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var plugin in validating)
        {
            await plugin.ValidateAsync(request, cancellationToken);
        }
    }
}
